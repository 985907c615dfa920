// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.table.factories.Factory;

/**
 * The packages, their arrows and the shape of every class. A rule of a package that may still be
 * empty says so; the other rules fail where they find nothing to look at.
 */
@AnalyzeClasses(packages = "io.medflink", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.medflink.core";
  private static final String UNITS = "io.medflink.core.units";
  private static final String OPERATORS = "io.medflink.core.operators";
  private static final String SECURITY = "io.medflink.core.security";
  private static final String MODELS = "io.medflink.models";
  private static final String CAPACITY = "io.medflink.models.capacity";
  private static final String LEARNED = "io.medflink.models.learned";
  private static final String SQL = "io.medflink.models.sql";
  private static final String COMMONS_MATH = "org.apache.commons.math3..";
  private static final String FLINK = "org.apache.flink..";

  /** What type information and serializers are made of, all in flink-core. */
  private static final String[] FLINK_TYPES = {
    "org.apache.flink.annotation..",
    "org.apache.flink.api.common.serialization..",
    "org.apache.flink.api.common.typeinfo..",
    "org.apache.flink.api.common.typeutils..",
    "org.apache.flink.api.java.typeutils..",
    "org.apache.flink.core.memory..",
    "org.apache.flink.types"
  };

  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          "Abstract.*|.*(Util|Helper|Manager|Handler|Impl|Base|Common|Data|Processor|Service)");

  @ArchTest
  static final ArchRule the_nouns_know_units_type_information_and_a_csv_library =
      only(
          CORE,
          UNITS,
          Stream.concat(Stream.of("org.apache.commons.csv.."), Stream.of(FLINK_TYPES))
              .toArray(String[]::new));

  @ArchTest static final ArchRule units_know_the_ucum_library = only(UNITS, "org.fhir.ucum..");

  @ArchTest
  static final ArchRule verbs_know_nouns_and_flink =
      only(OPERATORS, CORE, UNITS, FLINK, "org.slf4j..");

  @ArchTest
  static final ArchRule security_knows_nouns_flink_and_tink =
      only(SECURITY, CORE, FLINK, "com.google.crypto.tink..");

  @ArchTest
  static final ArchRule models_are_free_of_flink = only(MODELS, CORE, UNITS, COMMONS_MATH, LEARNED);

  @ArchTest
  static final ArchRule capacity_models_are_free_of_flink =
      only(CAPACITY, CORE, UNITS, COMMONS_MATH);

  @ArchTest
  static final ArchRule learned_models_are_free_of_flink_and_read_json =
      only(LEARNED, CORE, UNITS, COMMONS_MATH, "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule connectors_know_core_only =
      classes()
          .that()
          .resideInAPackage("io.medflink.connectors..")
          .should(knowInHouseOnly("io.medflink.core..", "io.medflink.connectors.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule connectors_are_independent_of_each_other =
      slices()
          .matching("io.medflink.connectors.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(DescribedPredicate.alwaysTrue(), sharedByFormats())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule sql_knows_core_and_models =
      classes()
          .that()
          .resideInAPackage(SQL)
          .should(knowInHouseOnly("io.medflink.core..", "io.medflink.models.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.medflink.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule no_class_extends_a_class_of_this_project =
      classes()
          .should(
              satisfy(
                  "extend no class of this project, enum constants apart",
                  c ->
                      c.getRawSuperclass()
                          .filter(s -> s.getPackageName().startsWith("io.medflink"))
                          .map(JavaClass::isEnum)
                          .orElse(true)));

  @ArchTest
  static final ArchRule top_level_classes_are_final_records_enums_or_interfaces =
      classes()
          .that()
          .areTopLevelClasses()
          .and(DescribedPredicate.not(packageInfo()))
          .should(
              satisfy(
                  "be final, a record, an enum or an interface",
                  c ->
                      c.isEnum()
                          || c.isInterface()
                          || c.getModifiers().contains(JavaModifier.FINAL)));

  @ArchTest
  static final ArchRule names_say_what_a_type_is =
      classes()
          .should(
              satisfy(
                  "not be named " + EMPTY_NAME,
                  c -> !EMPTY_NAME.matcher(c.getSimpleName()).matches()));

  @ArchTest
  static final ArchRule public_types_that_only_flink_instantiates_are_marked_internal =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and(assignableToAny(TypeInfoFactory.class, TypeSerializerSnapshot.class, Factory.class))
          .should()
          .beAnnotatedWith(Internal.class)
          .allowEmptyShould(true);

  /** Classes of one package, without its subpackages, know themselves, Java and these packages. */
  private static ArchRule only(String home, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of(home, "java..", "javax..", "org.jspecify.annotations"), Stream.of(others))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(home)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .allowEmptyShould(!home.equals(CORE) && !home.equals(MODELS) && !home.equals(CAPACITY));
  }

  private static ArchRule only(String home, String first, String[] rest) {
    return only(home, Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new));
  }

  private static ArchCondition<JavaClass> knowInHouseOnly(String... packages) {
    DescribedPredicate<JavaClass> allowed = JavaClass.Predicates.resideInAnyPackage(packages);
    return satisfy(
        "know of this project only " + String.join(", ", packages),
        c ->
            c.getDirectDependenciesFromSelf().stream()
                .map(d -> d.getTargetClass().getBaseComponentType())
                .filter(t -> t.getPackageName().startsWith("io.medflink"))
                .allMatch(allowed));
  }

  private static DescribedPredicate<JavaClass> assignableToAny(Class<?>... types) {
    return DescribedPredicate.describe(
        "are made by Flink", c -> Stream.of(types).anyMatch(c::isAssignableTo));
  }

  /** Reading times and making rejects, which all formats do alike. */
  private static DescribedPredicate<JavaClass> sharedByFormats() {
    return JavaClass.Predicates.resideInAnyPackage(
        "io.medflink.connectors.formats", "io.medflink.connectors.feeds");
  }

  private static DescribedPredicate<JavaClass> packageInfo() {
    return DescribedPredicate.describe(
        "package-info", c -> c.getSimpleName().equals("package-info"));
  }

  private static ArchCondition<JavaClass> satisfy(String what, Predicate<JavaClass> rule) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                c,
                rule.test(c),
                c.getName() + " should " + what + " in " + c.getSourceCodeLocation()));
      }
    };
  }
}
