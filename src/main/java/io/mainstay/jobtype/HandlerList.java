package io.mainstay.jobtype;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of handlers as shown; {@code next} is null, and not shown, on the last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record HandlerList(List<HandlerView> handlers, String next) {}
