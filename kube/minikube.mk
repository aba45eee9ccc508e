# A cluster on this machine: make -f kube/minikube.mk start | stop | up | down | status | ls | cd
include $(dir $(lastword $(MAKEFILE_LIST)))settings.mk
.PHONY: start stop up down status ls cd
PROFILE = --profile $(MINIKUBE_CONTEXT)

# Calico, because the default network enforces no policies.
start: ## Create the cluster
	@$(RUN) minikube start $(PROFILE) --cpus $(MINIKUBE_CPUS) --memory $(MINIKUBE_MEMORY) --cni calico
	@$(RUN) minikube addons enable metrics-server $(PROFILE)

stop: ## Delete the cluster and all that is in it
	@$(RUN) minikube delete $(PROFILE)

up: ## Start the stopped cluster
	@$(RUN) minikube start $(PROFILE)

down: ## Stop the cluster, and keep what is in it
	@$(RUN) minikube stop $(PROFILE)

status: ## Show the cluster and what runs in it
	@$(RUN) --or-so minikube status $(PROFILE)
	@$(RUN) $(KUBECTL) --context $(MINIKUBE_CONTEXT) --namespace $(NAMESPACE) get deployments,pods,services

ls: ## List this machine's clusters
	@$(RUN) minikube profile list

cd: ## Make this cluster kubectl's current one
	@$(RUN) $(KUBECTL) config use-context $(MINIKUBE_CONTEXT)
