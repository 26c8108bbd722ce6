/**
 * Claims and runs jobs. Everything that changes lives on one event loop ({@link io.mainstay.worker.WorkerLoop}). The
 * {@link io.mainstay.worker.Dispatcher} claims, jobs run in {@link io.mainstay.worker.WorkerSlots}, the
 * {@link io.mainstay.worker.ReportSender} reports how they ended, the {@link io.mainstay.worker.LeaseExtender} keeps the
 * right to run them.
 */
package io.mainstay.worker;
