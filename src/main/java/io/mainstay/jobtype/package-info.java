/** What is declared of handlers: defaults of their jobs, the schema of payloads, when to hold them back. */
package io.mainstay.jobtype;
