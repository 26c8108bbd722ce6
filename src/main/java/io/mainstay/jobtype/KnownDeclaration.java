package io.mainstay.jobtype;

import io.mainstay.queue.handlers.DeclaredHandler;

/**
 * A declaration as an instance has it in memory.
 *
 * @param revision what it was read as
 */
record KnownDeclaration(String revision, Declaration declaration, DeclaredHandler asJobsSeeIt) {}
