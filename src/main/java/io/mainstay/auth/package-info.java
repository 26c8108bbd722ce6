/** Finds out who a request comes from: API keys of our own, tokens of an identity provider. */
package io.mainstay.auth;
