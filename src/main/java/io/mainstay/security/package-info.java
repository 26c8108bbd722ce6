/** Who a request comes from and what it may do: callers, roles, queue patterns, and the declaration of an operation. */
package io.mainstay.security;
