/**
 * The whole way, from a request to the disks of three replicas and back: replicas in one JVM, as processes, and as
 * containers. Sees a replica as its users and operators do; uses the packages of the product only to start one and to play a
 * wrong peer.
 */
@NullMarked
package io.muster.it;

import org.jspecify.annotations.NullMarked;
