/**
 * The OpenAPI document: what the controllers say of themselves, completed by what their parameters imply. Looks at the
 * controllers' methods only, and is called by springdoc.
 */
@NullMarked
package io.muster.web.openapi;

import org.jspecify.annotations.NullMarked;
