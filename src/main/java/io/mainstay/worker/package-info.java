/**
 * Claims and runs jobs. Everything that changes lives on one event loop ({@link io.mainstay.worker.Loop}); the
 * {@link io.mainstay.worker.Dispatcher} claims, the {@link io.mainstay.worker.Crew} runs,
 * {@link io.mainstay.worker.Reports} settle, the {@link io.mainstay.worker.LeaseKeeper} keeps the right to run.
 */
package io.mainstay.worker;
