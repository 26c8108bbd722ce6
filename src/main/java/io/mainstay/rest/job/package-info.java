/** How a job is read from a request and shown in an answer, wherever REST takes or gives one. */
package io.mainstay.rest.job;
