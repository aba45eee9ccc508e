# All clouds at a glance: make -f kube/allclouds.mk [ls | status]. What is not installed or not set up is passed over.
include $(dir $(lastword $(MAKEFILE_LIST)))settings.mk
.PHONY: ls status
ALL := gke azure eks minikube

ls: ## List the contexts, and the clusters of every cloud
	@$(RUN) --or-so $(KUBECTL) config get-contexts
	@for cloud in $(ALL); do echo; echo "== $$cloud"; $(MAKE) --no-print-directory -f $(KUBE)/$$cloud.mk ls || true; done

status: ## Show each cloud's cluster and what runs in it
	@for cloud in $(ALL); do echo; echo "== $$cloud"; $(MAKE) --no-print-directory -f $(KUBE)/$$cloud.mk status || true; done
