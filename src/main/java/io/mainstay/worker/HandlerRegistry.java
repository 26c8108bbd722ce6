package io.mainstay.worker;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Handler;
import io.mainstay.handler.HandlerCatalog;
import io.mainstay.handler.JobHandler;
import io.mainstay.job.HandlerName;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All handlers of the application: the CDI beans of type {@link JobHandler} or {@link AsyncJobHandler}, named by
 * {@link Identifier}, but for those that are switched off. A bean without a name, or two with the same, stop the start.
 * Immutable.
 */
@Singleton
class HandlerRegistry implements HandlerCatalog {

    private final Map<HandlerName, Handler> handlers;

    @Inject
    HandlerRegistry(@All List<InstanceHandle<Handler>> beans) {
        this(byName(beans));
    }

    HandlerRegistry(Map<HandlerName, Handler> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    @Override
    public boolean knows(HandlerName name) {
        return handlers.containsKey(name);
    }

    @Override
    public Set<HandlerName> names() {
        return handlers.keySet();
    }

    Optional<Handler> find(HandlerName name) {
        return Optional.ofNullable(handlers.get(name));
    }

    private static Map<HandlerName, Handler> byName(List<InstanceHandle<Handler>> beans) {
        Map<HandlerName, Handler> found = new HashMap<>();
        for (InstanceHandle<Handler> bean : beans) {
            Class<?> type = bean.getBean().getBeanClass();
            HandlerName name = name(bean, type);
            Handler handler = bean.get();
            if (handler.enabled() && found.put(name, handler) != null) {
                throw new IllegalStateException(
                        "two handlers are named '%s'; one is %s".formatted(name, type.getName()));
            }
        }
        return found;
    }

    private static HandlerName name(InstanceHandle<Handler> bean, Class<?> type) {
        return bean.getBean().getQualifiers().stream()
                .filter(Identifier.class::isInstance)
                .map(identifier -> new HandlerName(((Identifier) identifier).value()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("handler %s needs @Identifier(\"name\")".formatted(type.getName())));
    }
}
