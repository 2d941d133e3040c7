# Sourced by the other scripts: messages, and packages from apt.
# shellcheck shell=sh

# say MESSAGE...: tell the user, one line per argument.
say() {
    printf '%s\n' "$@" >&2
}

# give_up MESSAGE...: tell the user and stop.
give_up() {
    say "$@"
    exit 1
}

# install_packages PACKAGE...: install Debian packages, as root or through sudo; stop with a message where it cannot be.
install_packages() {
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        give_up "These packages are missing, and installing them needs root: $*" \
            "Run as root: apt-get update && apt-get install --no-install-recommends $*"
    fi
    say "Installing $* ..."
    # A source that cannot be reached need not be the one that has the packages, so go on and see.
    $as_root apt-get update -q >/dev/null || say "apt-get update failed; trying with what is known of the packages."
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq -y \
        install --no-install-recommends "$@" >/dev/null ||
        give_up "apt-get could not install $*; its own message is above." \
            "Mend that (network? package sources?) and run the same command again."
}
