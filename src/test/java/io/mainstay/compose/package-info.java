/** compose.yaml and what its containers are configured with, without containers. */
package io.mainstay.compose;
