package io.mainstay.rest.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Has jobs written by their serializer wherever they appear. */
@Singleton
class JobViews implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("jobs").addSerializer(JobView.class, new JobSerializer()));
    }
}
