// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * {@code CREATE CATALOG medflink WITH ('type' = 'medflink')}: tables without a connector, for
 * {@code CREATE TABLE … LIKE medflink.schemas.control}.
 */
@Internal
public final class MedflinkCatalogFactory implements CatalogFactory {
  private static final String DATABASE = "schemas";

  @Override
  public String factoryIdentifier() {
    return "medflink";
  }

  @Override
  public Catalog createCatalog(Context context) {
    FactoryUtil.createCatalogFactoryHelper(this, context).validate();
    GenericInMemoryCatalog catalog = new GenericInMemoryCatalog(context.getName(), DATABASE);
    Schemas.TABLES.forEach((name, columns) -> add(catalog, name, columns));
    return catalog;
  }

  private static void add(GenericInMemoryCatalog catalog, String name, String columns) {
    LogicalType row =
        LogicalTypeParser.parse(
            "ROW<" + columns + ">", MedflinkCatalogFactory.class.getClassLoader());
    Schema schema =
        Schema.newBuilder().fromRowDataType(TypeConversions.fromLogicalToDataType(row)).build();
    try {
      catalog.createTable(
          new ObjectPath(DATABASE, name),
          CatalogTable.newBuilder().schema(schema).options(Map.of()).build(),
          false);
    } catch (TableAlreadyExistException | DatabaseNotExistException e) {
      throw new CatalogException("the catalog can't be made", e);
    }
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
