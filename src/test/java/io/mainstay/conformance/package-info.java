/**
 * The conformance suite of workers: what is in {@code clients/conformance}, run against the packaged service.
 */
package io.mainstay.conformance;
