package io.mainstay.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.security.Caller;
import io.mainstay.security.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;

/** A caller as it is shown to itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record MeView(String id, String name, List<String> roles, List<String> queues, boolean payload) {

    static MeView of(Caller caller) {
        return new MeView(
                caller.id(),
                caller.name(),
                Stream.of(Role.values())
                        .filter(caller.roles()::contains)
                        .map(Role::label)
                        .toList(),
                caller.queues().patterns(),
                caller.payload());
    }
}
