package io.mainstay.jobtype;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Has handlers written by their serializer wherever they appear. */
@Singleton
class HandlerViews implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("handlers").addSerializer(HandlerView.class, new HandlerSerializer()));
    }
}
