package io.mainstay.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Has schedules written by their serializer wherever they appear. */
@Singleton
class ScheduleViews implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(
                new SimpleModule("schedules").addSerializer(ScheduleView.class, new ScheduleSerializer()));
    }
}
