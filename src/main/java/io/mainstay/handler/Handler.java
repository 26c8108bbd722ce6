package io.mainstay.handler;

/** Either kind of handler. */
public sealed interface Handler permits JobHandler, AsyncJobHandler {}
