# Shared by the scripts of this folder: prints commands before it runs them, and says in one line what is missing.
# Sourced with `set -eu`. DRY_RUN=1 prints only.

DRY_RUN=${DRY_RUN:-}
KUBECTL=${KUBECTL:-kubectl}
NAMESPACE=${NAMESPACE:-playground}
# The folder above this one, as short as the script was called.
case $0 in
  */bin/*) kube=${0%/bin/*} ;;
  *) kube=.. ;;
esac

die() {
  printf '%s\n' "$*" >&2
  exit 2
}

# cloud NAME SETTING: a cloud's setting from the environment, as `cloud gke CONTEXT` for $GKE_CONTEXT.
cloud() {
  variable=$(printf '%s_%s' "$1" "$2" | tr 'a-z-' 'A-Z_')
  eval "value=\${$variable:-}"
  [ -n "$value" ] || die "$variable is not set: put it into kube/local.mk (kube/settings.mk has all settings)"
  printf '%s' "$value"
}

# run COMMAND…: prints it as it could be typed, then runs it.
run() {
  show "$@"
  [ "$DRY_RUN" = 1 ] || { need "$@" && "$@"; }
}

show() {
  line='+'
  for word in "$@"; do
    case $word in
      '|' | '>') line="$line $word" ;;
      *[!A-Za-z0-9_./:=,@%+-]* | '') line="$line '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'" ;;
      *) line="$line $word" ;;
    esac
  done
  printf '%s\n' "$line"
}

# need COMMAND…: its program is installed and, for kubectl, the context that it names exists.
need() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is not installed: $(hint "$1")"
  [ "${2:-}" = --context ] || return 0
  "$1" config get-contexts --output name 2>/dev/null | grep -qxF -- "$3" ||
    die "kubectl has no context $3: make -f kube/CLOUD.mk start makes it, or name yours in kube/local.mk (kubectl config get-contexts)"
}

hint() {
  case ${1##*/} in
    kubectl) echo "https://kubernetes.io/docs/tasks/tools/" ;;
    gcloud) echo "https://cloud.google.com/sdk/docs/install" ;;
    az) echo "https://learn.microsoft.com/cli/azure/install-azure-cli" ;;
    aws) echo "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html" ;;
    eksctl) echo "https://eksctl.io/installation/" ;;
    minikube) echo "https://minikube.sigs.k8s.io/docs/start/" ;;
    helm) echo "https://helm.sh/docs/intro/install/" ;;
    docker) echo "https://docs.docker.com/engine/install/ (or set CONTAINER=podman)" ;;
    podman) echo "apt-get install podman" ;;
    trivy) echo "https://trivy.dev/latest/getting-started/installation/" ;;
    openssl) echo "apt-get install openssl" ;;
    *) echo "install it and put it into PATH" ;;
  esac
}
