/**
 * Kubernetes, without a cluster: the manifests read into the types that Kubernetes has for them and compared with what
 * the service is, and a kubelet that runs the packaged service the way they say.
 */
package io.mainstay.kube;
