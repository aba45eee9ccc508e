# The targets of the top Makefile that reach into the clouds of $(CLOUDS): see settings.mk.
include kube/settings.mk
.PHONY: cri provision secrets rollout bounce logs smoke address kube-render kube-lint

cri: ## Build the images, push them to each cloud's registry, write their names into the overlays
	@kube/bin/cri

provision: ## Install monitoring and the autoscaler's metrics into each cluster
	@kube/bin/provision

secrets: ## Make the CA, the certificate and the tokens between the clouds, and bring them into each cluster
	@kube/bin/secrets

rollout: ## Apply each cloud's overlay, one after the other, wait for it, undo all on failure
	@kube/bin/rollout apply

bounce: ## Restart each cloud's pods, one after the other, without losing a request
	@kube/bin/rollout restart

address: ## Write the backends' addresses into the ui's settings, and roll the ui
	@kube/bin/address
	@CLOUDS=$(UI_CLOUD) kube/bin/rollout apply

logs: ## Show the last lines of each cloud's pods (LINES=100)
	@kube/bin/logs

smoke: ## Post programs to each backend and through the ui, and print the answers (UI=url BACKENDS=name=url,…)
	@kube/bin/smoke

kube-render: ## Make kube/gke_config.yaml and kube/azure.yaml from their overlays
	@KUBECTL="$$(tools/kubectl-path)" kube/bin/render

kube-lint: ## Hold every overlay to the policy of kube/lint
	@for overlay in kube/overlays/*/; do echo "lint: $$overlay"; "$$(tools/kubectl-path)" kustomize $$overlay | $(PYTHON) kube/bin/lint - || exit 1; done
