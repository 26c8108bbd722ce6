package io.mainstay.hook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** All hooks as shown, by name. */
@RegisterForReflection
public record HookList(List<HookView> hooks) {}
