# What an operator may set: on the command line, in the environment, or in kube/local.mk, which git ignores.
KUBE := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
-include $(KUBE)/local.mk

# 1: every command is printed, none is run.
DRY_RUN ?=
# docker or podman.
CONTAINER ?= docker
KUBECTL ?= kubectl
NAMESPACE := playground
# The tag of images: the version that CMakeLists.txt names, unless a pipeline says more.
TAG ?= $(shell awk '/^project.playground VERSION/ {print $$3; exit}' $(KUBE)/../CMakeLists.txt)
# The clouds that are rolled out to, one after the other, and the one that has the page.
CLOUDS ?= gke azure
UI_CLOUD ?= gke

# The overlays of kube/overlays that each cloud gets; gke-secure and azure-secure are recommended.
GKE_OVERLAY ?= gke
AZURE_OVERLAY ?= azure
EKS_OVERLAY ?= eks
MINIKUBE_OVERLAY ?= minikube

# The names of kubectl's contexts, which `start` gives them.
GKE_CONTEXT ?= playground-gke
AZURE_CONTEXT ?= playground-azure
EKS_CONTEXT ?= playground-eks
MINIKUBE_CONTEXT ?= playground-minikube

CLUSTER ?= playground
# Nodes to begin with, and at most.
NODES ?= 2
MAX_NODES ?= 6

GKE_PROJECT ?=
GKE_ZONE ?= us-central1-a
GKE_MACHINE ?= e2-standard-4
GKE_REGISTRY ?= us-central1-docker.pkg.dev/$(or $(GKE_PROJECT),playground)/playground

AZURE_GROUP ?= playground
AZURE_LOCATION ?= eastus
AZURE_MACHINE ?= Standard_D4s_v5
AZURE_REGISTRY_NAME ?= playground
AZURE_REGISTRY ?= $(AZURE_REGISTRY_NAME).azurecr.io

EKS_REGION ?= us-west-2
EKS_MACHINE ?= m6i.xlarge
EKS_ACCOUNT ?= 000000000000
EKS_REGISTRY ?= $(EKS_ACCOUNT).dkr.ecr.$(EKS_REGION).amazonaws.com

MINIKUBE_CPUS ?= 4
MINIKUBE_MEMORY ?= 6g
MINIKUBE_REGISTRY ?= localhost

# Prints the command, then runs it; a missing program or context is one line that says what to do.
RUN := $(KUBE)/bin/run

export DRY_RUN CONTAINER KUBECTL NAMESPACE TAG CLOUDS UI_CLOUD
export GKE_OVERLAY AZURE_OVERLAY EKS_OVERLAY MINIKUBE_OVERLAY
export GKE_CONTEXT AZURE_CONTEXT EKS_CONTEXT MINIKUBE_CONTEXT
export GKE_REGISTRY AZURE_REGISTRY AZURE_REGISTRY_NAME EKS_REGISTRY EKS_REGION MINIKUBE_REGISTRY
