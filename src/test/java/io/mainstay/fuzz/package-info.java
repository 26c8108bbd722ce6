/** Random requests to the packaged service, made from its own description of its API, and what every answer is held to. */
package io.mainstay.fuzz;
