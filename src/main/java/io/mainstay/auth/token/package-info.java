/** Tokens of an identity provider (OpenID Connect). */
package io.mainstay.auth.token;
