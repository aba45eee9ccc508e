"""What a cluster would hold and do, as far as kubectl can see it from applying, rolling out and undoing."""

from __future__ import annotations

import copy
import hashlib
import json
import threading

REVISION = "deployment.kubernetes.io/revision"
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
# A Deployment with this in its image never becomes ready.
BROKEN = "broken"

Key = tuple[str, str, str]  # resource, namespace, name


class Store:
    """Objects by resource, namespace and name; Deployments get ReplicaSets, revisions, a status and a pod."""

    def __init__(self, address: str) -> None:
        """address: what load balancers are given."""
        self.lock = threading.RLock()
        self.objects: dict[Key, dict] = {}
        self._address = address
        self._version = 0

    def get(self, resource: str, namespace: str, name: str) -> dict | None:
        with self.lock:
            return copy.deepcopy(self.objects.get((resource, namespace, name)))

    def list(self, resource: str, namespace: str, labels: dict[str, str], name: str | None) -> list[dict]:
        """Those that carry `labels` and, if given, have the name."""
        with self.lock:
            return [copy.deepcopy(item) for key, item in sorted(self.objects.items())
                    if key[0] == resource and namespace in ("", key[1]) and name in (None, key[2])
                    and labels.items() <= item["metadata"].get("labels", {}).items()]

    def put(self, resource: str, namespace: str, item: dict) -> dict:
        """Stores a new or changed object and does what controllers would."""
        with self.lock:
            key = (resource, namespace, item["metadata"]["name"])
            old = self.objects.get(key)
            self._version += 1
            metadata = item["metadata"]
            metadata["resourceVersion"] = str(self._version)
            metadata["uid"] = old["metadata"]["uid"] if old else f"uid-{self._version}"
            changed = old is None or old.get("spec") != item.get("spec")
            metadata["generation"] = (old["metadata"]["generation"] if old else 0) + changed
            self.objects[key] = item
            if resource == "deployments":
                self._roll(namespace, item)
            if resource == "services" and item["spec"].get("type") == "LoadBalancer":
                item["status"] = {"loadBalancer": {"ingress": [{"ip": self._address}]}}
            return copy.deepcopy(item)

    def patch(self, resource: str, namespace: str, name: str, kind: str, patch: dict | list) -> dict | None:
        """Applies a patch of `kind` (its media type); None when there is no such object."""
        with self.lock:
            item = self.get(resource, namespace, name)
            if item is None:
                return None
            if kind == "application/json-patch+json":
                for change in patch:
                    replace(item, change["path"], change["value"])
            elif LAST_APPLIED in patch.get("metadata", {}).get("annotations", {}):
                # What was applied is in there whole; merging lists by their keys is not this server's trade.
                applied = json.loads(patch["metadata"]["annotations"][LAST_APPLIED])
                item |= {field: value for field, value in applied.items() if field != "metadata"}
                merge(item["metadata"], patch["metadata"])
            else:
                merge(item, patch)
            return self.put(resource, namespace, item)

    # Controllers

    def _roll(self, namespace: str, deployment: dict) -> None:
        """The ReplicaSet of the template, with the next revision unless it is the current one already."""
        name = deployment["metadata"]["name"]
        template = deployment["spec"]["template"]
        digest = hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()[:10]
        sets = [item for item in self.list("replicasets", namespace, {}, None)
                if item["metadata"]["ownerReferences"][0]["uid"] == deployment["metadata"]["uid"]]
        newest = max((int(item["metadata"]["annotations"][REVISION]) for item in sets), default=0)
        current = self.objects.get(("replicasets", namespace, f"{name}-{digest}"))
        if current is None or int(current["metadata"]["annotations"][REVISION]) != newest:
            newest += 1
        deployment["metadata"].setdefault("annotations", {})[REVISION] = str(newest)
        self.objects["replicasets", namespace, f"{name}-{digest}"] = replica_set(deployment, digest, newest)
        self.objects["pods", namespace, f"{name}-{digest}-0"] = pod(deployment, digest)
        deployment["status"] = status_of(deployment)


def replica_set(deployment: dict, digest: str, revision: int) -> dict:
    template = copy.deepcopy(deployment["spec"]["template"])
    template["metadata"]["labels"]["pod-template-hash"] = digest
    metadata = deployment["metadata"]
    return {
        "apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": {
            "name": f"{metadata['name']}-{digest}", "namespace": metadata["namespace"], "uid": f"uid-{digest}",
            "labels": template["metadata"]["labels"], "annotations": {REVISION: str(revision)},
            "creationTimestamp": "2026-01-01T00:00:00Z",
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": metadata["name"],
                                 "uid": metadata["uid"], "controller": True}],
        },
        "spec": {"replicas": 1, "selector": deployment["spec"]["selector"], "template": template},
    }


def pod(deployment: dict, digest: str) -> dict:
    template = deployment["spec"]["template"]
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": f"{deployment['metadata']['name']}-{digest}-0",
                     "namespace": deployment["metadata"]["namespace"], "labels": template["metadata"]["labels"]},
        "spec": template["spec"], "status": {"phase": "Running"},
    }


def status_of(deployment: dict) -> dict:
    replicas = deployment["spec"].get("replicas", 1)
    broken = BROKEN in deployment["spec"]["template"]["spec"]["containers"][0]["image"]
    progressing = {"type": "Progressing", "status": "False" if broken else "True",
                   "reason": "ProgressDeadlineExceeded" if broken else "NewReplicaSetAvailable"}
    return {"observedGeneration": deployment["metadata"]["generation"], "replicas": replicas,
            "updatedReplicas": replicas, "readyReplicas": 0 if broken else replicas,
            "availableReplicas": 0 if broken else replicas, "conditions": [progressing]}


# Patches

def merge(target: dict, patch: dict) -> None:
    """RFC 7386, without the removal of what is null."""
    for field, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(field), dict):
            merge(target[field], value)
        else:
            target[field] = value


def replace(target: dict, path: str, value: object) -> None:
    """RFC 6902, "replace" of a member of an object."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
    for part in parents:
        target = target[part]
    target[last] = value
