package io.muster.web.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What a record of Muster says of its components holds in the document, too: those that are never null are always there. Thread-safe. */
public final class RequiredComponents implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        Schema<?> schema = others.hasNext() ? others.next().resolve(type, context, others) : null;
        Class<?> model = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && model.isRecord() && model.getName().startsWith("io.muster.")) {
            Schema<?> defined = schema.get$ref() == null ? schema : definition(schema, context);
            for (RecordComponent component : model.getRecordComponents()) {
                if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    defined.addRequiredItem(jsonName(component));
                }
            }
        }
        return schema;
    }

    private static Schema<?> definition(Schema<?> reference, ModelConverterContext context) {
        String name = reference.get$ref().substring(reference.get$ref().lastIndexOf('/') + 1);
        return context.getDefinedModels().getOrDefault(name, reference);
    }

    private static String jsonName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }
}
