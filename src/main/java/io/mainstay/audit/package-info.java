/** Who changed what, when and from where: logged, kept in a bounded trail, and read through the API. */
package io.mainstay.audit;
