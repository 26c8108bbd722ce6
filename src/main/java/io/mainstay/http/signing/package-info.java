/** Signatures of requests, per Standard Webhooks. */
package io.mainstay.http.signing;
