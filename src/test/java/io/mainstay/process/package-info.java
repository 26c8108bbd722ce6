/** The packaged service as others run it: several processes on one Redis, some of which come to a bad end. */
package io.mainstay.process;
