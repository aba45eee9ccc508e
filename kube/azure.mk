# A cluster on Azure Kubernetes Service: make -f kube/azure.mk start | stop | up | down | status | ls | cd
include $(dir $(lastword $(MAKEFILE_LIST)))settings.mk
.PHONY: start stop up down status ls cd credentials
PLACE = --resource-group $(AZURE_GROUP) --name $(CLUSTER)

start: ## Create the group, the registry and the cluster (SANDBOX=kata: with a node pool for components/kata)
	@$(RUN) az group create --name $(AZURE_GROUP) --location $(AZURE_LOCATION) --output none
	@$(RUN) az acr create --resource-group $(AZURE_GROUP) --name $(AZURE_REGISTRY_NAME) --sku Basic --output none
	@$(RUN) az aks create $(PLACE) --location $(AZURE_LOCATION) --node-vm-size $(AZURE_MACHINE) --node-count $(NODES) \
	  --enable-cluster-autoscaler --min-count $(NODES) --max-count $(MAX_NODES) --network-plugin azure \
	  --network-plugin-mode overlay --network-dataplane cilium --attach-acr $(AZURE_REGISTRY_NAME) --generate-ssh-keys \
	  --output none
ifeq ($(SANDBOX),kata)
	@$(RUN) az aks nodepool add --resource-group $(AZURE_GROUP) --cluster-name $(CLUSTER) --name sandboxed \
	  --os-sku AzureLinux --workload-runtime KataVmIsolation --node-vm-size $(AZURE_MACHINE) --node-count $(NODES) --output none
endif
	@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) credentials

stop: ## Delete the cluster and all that is in it; the registry stays
	@$(RUN) az aks delete $(PLACE) --yes

up: ## Start the stopped cluster
	@$(RUN) az aks start $(PLACE)

down: ## Stop the cluster: nodes and control plane cost nothing then
	@$(RUN) az aks stop $(PLACE)

status: ## Show the cluster and what runs in it
	@$(RUN) az aks show $(PLACE) --output table
	@$(RUN) $(KUBECTL) --context $(AZURE_CONTEXT) --namespace $(NAMESPACE) get deployments,pods,services,hpa

ls: ## List the subscription's clusters
	@$(RUN) az aks list --output table

cd: ## Make this cluster kubectl's current one
	@$(RUN) $(KUBECTL) config use-context $(AZURE_CONTEXT)

credentials:
	@$(RUN) az aks get-credentials $(PLACE) --context $(AZURE_CONTEXT) --overwrite-existing
