# A cluster on Amazon's Elastic Kubernetes Service: make -f kube/eks.mk start | stop | up | down | status | ls | cd
include $(dir $(lastword $(MAKEFILE_LIST)))settings.mk
.PHONY: start stop up down status ls cd credentials
PLACE = --region $(EKS_REGION)
GROUP := workers

# The network plugin enforces policies only when it is told to.
start: ## Create the cluster and the registry's repositories
	@$(RUN) eksctl create cluster --name $(CLUSTER) $(PLACE) --nodegroup-name $(GROUP) --node-type $(EKS_MACHINE) \
	  --nodes $(NODES) --nodes-min 0 --nodes-max $(MAX_NODES) --managed
	@$(RUN) aws eks update-addon --cluster-name $(CLUSTER) $(PLACE) --addon-name vpc-cni --resolve-conflicts PRESERVE \
	  --configuration-values '{"enableNetworkPolicy":"true"}'
	@$(RUN) --or-so aws ecr create-repository $(PLACE) --repository-name playground
	@$(RUN) --or-so aws ecr create-repository $(PLACE) --repository-name playground-slim
	@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) credentials

stop: ## Delete the cluster and all that is in it; the registry stays
	@$(RUN) eksctl delete cluster --name $(CLUSTER) $(PLACE)

up: ## Give the cluster its nodes back
	@$(RUN) eksctl scale nodegroup --cluster $(CLUSTER) $(PLACE) --name $(GROUP) --nodes $(NODES)

down: ## Take the nodes away, and most of the cost with them
	@$(RUN) eksctl scale nodegroup --cluster $(CLUSTER) $(PLACE) --name $(GROUP) --nodes 0

status: ## Show the cluster and what runs in it
	@$(RUN) eksctl get nodegroup --cluster $(CLUSTER) $(PLACE)
	@$(RUN) $(KUBECTL) --context $(EKS_CONTEXT) --namespace $(NAMESPACE) get deployments,pods,services,hpa

ls: ## List the region's clusters
	@$(RUN) eksctl get cluster $(PLACE)

cd: ## Make this cluster kubectl's current one
	@$(RUN) $(KUBECTL) config use-context $(EKS_CONTEXT)

credentials:
	@$(RUN) aws eks update-kubeconfig --name $(CLUSTER) $(PLACE) --alias $(EKS_CONTEXT)
