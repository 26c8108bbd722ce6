package org.acme.greetings;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows how to greet. A bean like any other: a handler has injected what it needs. */
@ApplicationScoped
public class Greetings {

    private final String salutation;

    public Greetings(@ConfigProperty(name = "greetings.salutation") String salutation) {
        this.salutation = salutation;
    }

    public String greet(String name) {
        return salutation + ", " + name + "!";
    }
}
