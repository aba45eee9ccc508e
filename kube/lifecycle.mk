# The targets of the top Makefile that reach into the clouds of $(CLOUDS): see settings.mk.
include kube/settings.mk
# How bad a known flaw in an image must be to stop a pipeline; one that nobody has mended yet stops none.
SCAN := trivy image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed
.PHONY: cri scan provision secrets rollout rollback bounce addresses logs smoke address kube-render kube-lint

cri: ## Build the images, push them to each cloud's registry, write their names into the overlays
	@kube/bin/cri

scan: ## Look for known flaws in the images that were built
	@$(RUN) $(SCAN) playground:$(TAG)
	@$(RUN) $(SCAN) playground-slim:$(TAG)

provision: ## Install monitoring and the autoscaler's metrics into each cluster
	@kube/bin/provision

secrets: ## Make the CA, the certificate and the tokens between the clouds, and bring them into each cluster
	@kube/bin/secrets

rollout: ## Apply each cloud's overlay, one after the other, wait for it, undo all on failure
	@kube/bin/rollout apply

rollback: ## Take each cloud's Deployments back to their revision before, one cloud after the other
	@kube/bin/rollout undo

bounce: ## Restart each cloud's pods, one after the other, without losing a request
	@kube/bin/rollout restart

address: addresses ## Write the backends' addresses into the ui's settings, and roll the ui
	@CLOUDS=$(UI_CLOUD) kube/bin/rollout apply

# Only written: what a roll-out is going to bring.
addresses:
	@kube/bin/address

logs: ## Show the last lines of each cloud's pods (LINES=100)
	@kube/bin/logs

smoke: ## Post programs to each backend and through the ui, and print the answers (UI=url BACKENDS=name=url,…)
	@kube/bin/smoke

kube-render: ## Make kube/gke_config.yaml and kube/azure.yaml from their overlays
	@KUBECTL="$$(tools/kubectl-path)" kube/bin/render

kube-lint: ## Hold every overlay to the policy of kube/lint
	@for overlay in kube/overlays/*/; do echo "lint: $$overlay"; "$$(tools/kubectl-path)" kustomize $$overlay | $(PYTHON) kube/bin/lint - || exit 1; done
