// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.RiskModel;
import io.medflink.models.learned.Cards;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds models by name, for those who have no Java to say {@code new News2()}: the command line and
 * SQL.
 *
 * <p>There is no list to keep: a model of this package is a public class with a public constructor
 * without arguments, found in the folder or jar (a shaded one too) that this class was loaded from.
 * A model of an application is named by its class.
 */
public final class RiskModels {
  private RiskModels() {}

  /** Read once, when it is first asked for. */
  private static final class Found {
    private static final List<RiskModel> MODELS = scan();
  }

  /**
   * The models of this package, sorted by id.
   *
   * @throws UncheckedIOException when the jar or folder can't be listed
   */
  public static List<RiskModel> all() {
    return Found.MODELS;
  }

  /**
   * A model by its id, such as {@code news2}, the trend of another vital than the heart rate, such
   * as {@code trend-respiratory-rate}, a limit on any vital, such as {@code
   * threshold-oxygen-saturation-under-92}, or an application's own by its class name, such as
   * {@code com.acme.MyScore}, which is looked up by the thread's context class loader, or a card's
   * by the path of its file, such as {@code cards/ward-risk.json}.
   *
   * @throws IllegalArgumentException when there is none; the message says what there is, or which
   *     field of the card is wrong
   */
  public static RiskModel byId(String id) {
    if (id.endsWith(".json")) {
      return ofFile(id);
    }
    for (RiskModel model : all()) {
      if (model.id().equals(id)) {
        return model;
      }
    }
    RiskModel trend = Trend.byId(id);
    RiskModel watch = trend == null ? Threshold.byId(id) : trend;
    if (watch != null) {
      return watch;
    }
    if (id.indexOf('.') > 0) {
      return create(id, Thread.currentThread().getContextClassLoader());
    }
    throw new IllegalArgumentException(
        "no model "
            + id
            + "; there are "
            + all().stream().map(RiskModel::id).collect(Collectors.joining(", "))
            + ", your own by class name, and a card's by its .json file");
  }

  /**
   * The model of a card's text, such as a {@link io.medflink.core.ModelReader} is to read.
   *
   * @param card strict JSON, see the module's README
   * @throws IllegalArgumentException naming the field, when the card is bad or the model that it
   *     recalibrates is not found
   */
  public static RiskModel read(String card) {
    return Cards.read(
        card,
        id -> {
          if (id.endsWith(".json")) {
            throw new IllegalArgumentException("model.id: a file; put its card there itself");
          }
          return byId(id);
        });
  }

  @SuppressWarnings("UnusedException") // it says no more than this does
  private static RiskModel ofFile(String path) {
    try {
      return read(Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new IllegalArgumentException("can't read the model card " + path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("model card " + path + ": " + e.getMessage());
    }
  }

  private static RiskModel create(String name, @Nullable ClassLoader loader) {
    RiskModel model;
    try {
      model =
          instantiate(
              Class.forName(
                  name, false, loader == null ? RiskModels.class.getClassLoader() : loader));
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("no class " + name + " for a model", e);
    }
    if (model == null) {
      throw new IllegalArgumentException(
          name + " is no public RiskModel with a public constructor without arguments");
    }
    return model;
  }

  /** Null for what is no model or needs arguments. */
  private static @Nullable RiskModel instantiate(Class<?> type) {
    if (!RiskModel.class.isAssignableFrom(type)
        || !Modifier.isPublic(type.getModifiers())
        || Modifier.isAbstract(type.getModifiers())) {
      return null;
    }
    try {
      return (RiskModel) type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " can't be constructed", e);
    }
  }

  private static List<RiskModel> scan() {
    List<RiskModel> models = new ArrayList<>();
    try {
      for (String name : classNames()) {
        Class<?> type =
            Class.forName(
                RiskModels.class.getPackageName() + "." + name,
                false,
                RiskModels.class.getClassLoader());
        RiskModel model = instantiate(type);
        if (model != null) {
          models.add(model);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't list the models", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class file of the models can't be loaded", e);
    }
    models.sort(Comparator.comparing(RiskModel::id));
    return List.copyOf(models);
  }

  /** The simple names of this package's top-level classes. */
  private static List<String> classNames() throws IOException {
    String self = RiskModels.class.getSimpleName() + ".class";
    URL url = RiskModels.class.getResource(self);
    if (url == null) {
      throw new IOException("no class file of " + RiskModels.class.getName());
    }
    URLConnection connection = url.openConnection();
    List<String> files = new ArrayList<>();
    if (connection instanceof JarURLConnection jar) {
      // A cached jar is shared with the class loader and must not be closed.
      jar.setUseCaches(false);
      String entry = jar.getEntryName();
      String folder = entry.substring(0, entry.length() - self.length());
      try (var open = jar.getJarFile()) {
        open.stream()
            .map(file -> file.getName())
            .filter(name -> name.startsWith(folder))
            .map(name -> name.substring(folder.length()))
            .forEach(files::add);
      }
    } else if (url.getProtocol().equals("file")) {
      String[] names = new File(URI.create(url.toString())).getParentFile().list();
      files.addAll(Arrays.asList(names == null ? new String[0] : names));
    } else {
      throw new IOException("classes come from " + url.getProtocol() + ", neither jar nor folder");
    }
    return files.stream()
        .filter(file -> file.matches("\\w+\\.class"))
        .map(file -> file.substring(0, file.length() - ".class".length()))
        .toList();
  }
}
