# A cluster on Google Kubernetes Engine: make -f kube/gke.mk start | stop | up | down | status | ls | cd
include $(dir $(lastword $(MAKEFILE_LIST)))settings.mk
.PHONY: start stop up down status ls cd credentials project
PLACE = --project $(GKE_PROJECT) --zone $(GKE_ZONE)
POOL := default-pool

start: project ## Create the cluster (SANDBOX=gvisor: with a node pool for components/gvisor) and the registry
	@$(RUN) gcloud services enable container.googleapis.com artifactregistry.googleapis.com --project $(GKE_PROJECT)
	@$(RUN) gcloud container clusters create $(CLUSTER) $(PLACE) --release-channel regular --machine-type $(GKE_MACHINE) \
	  --num-nodes $(NODES) --enable-autoscaling --min-nodes $(NODES) --max-nodes $(MAX_NODES) --enable-dataplane-v2 \
	  --enable-ip-alias --enable-shielded-nodes
ifeq ($(SANDBOX),gvisor)
	@$(RUN) gcloud container node-pools create sandboxed $(PLACE) --cluster $(CLUSTER) --machine-type $(GKE_MACHINE) \
	  --num-nodes $(NODES) --image-type cos_containerd --sandbox type=gvisor
endif
	@$(RUN) --or-so gcloud artifacts repositories create playground --project $(GKE_PROJECT) --repository-format docker \
	  --location $(firstword $(subst -docker.pkg.dev, ,$(GKE_REGISTRY)))
	@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) credentials

stop: project ## Delete the cluster and all that is in it
	@$(RUN) gcloud container clusters delete $(CLUSTER) $(PLACE) --quiet

up: project ## Give the cluster its nodes back
	@$(RUN) gcloud container clusters resize $(CLUSTER) $(PLACE) --node-pool $(POOL) --num-nodes $(NODES) --quiet
	@$(RUN) gcloud container clusters update $(CLUSTER) $(PLACE) --node-pool $(POOL) --enable-autoscaling \
	  --min-nodes $(NODES) --max-nodes $(MAX_NODES)

# The node autoscaler would bring the nodes back for the pods that wait.
down: project ## Take the nodes away, and most of the cost with them
	@$(RUN) gcloud container clusters update $(CLUSTER) $(PLACE) --node-pool $(POOL) --no-enable-autoscaling
	@$(RUN) gcloud container clusters resize $(CLUSTER) $(PLACE) --node-pool $(POOL) --num-nodes 0 --quiet

status: project ## Show the cluster and what runs in it
	@$(RUN) gcloud container clusters describe $(CLUSTER) $(PLACE) \
	  --format 'table(name,status,currentMasterVersion,currentNodeCount,endpoint)'
	@$(RUN) $(KUBECTL) --context $(GKE_CONTEXT) --namespace $(NAMESPACE) get deployments,pods,services,hpa

ls: project ## List the project's clusters
	@$(RUN) gcloud container clusters list --project $(GKE_PROJECT)

cd: ## Make this cluster kubectl's current one
	@$(RUN) $(KUBECTL) config use-context $(GKE_CONTEXT)

credentials: project
	@$(RUN) gcloud container clusters get-credentials $(CLUSTER) $(PLACE)
	@$(RUN) --or-so $(KUBECTL) config delete-context $(GKE_CONTEXT)
	@$(RUN) $(KUBECTL) config rename-context gke_$(GKE_PROJECT)_$(GKE_ZONE)_$(CLUSTER) $(GKE_CONTEXT)

project:
	@test -n "$(GKE_PROJECT)" || { echo "GKE_PROJECT is not set: put GKE_PROJECT = YOUR-PROJECT into kube/local.mk" >&2; exit 2; }
