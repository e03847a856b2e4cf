#!/usr/bin/env bash
# build.sh CACHE: makes the virtual machine of the rig in the folder CACHE, or completes it. Described in ../README.md.
# The distribution's kernel is downloaded, not installed; gpio-sim and virtual SPI and I2C controllers are built for it as modules.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
mkdir -p "${1:?usage: build.sh CACHE}"
cache=$(cd "$1" && pwd)
log=$cache/build.log
: >"$log"

packages=(qemu-system-x86 busybox-static linux-headers-amd64 linux-source-6.1 cpio kmod e2fsprogs gcc make libc6-dev libelf-dev xz-utils bc python3)

# Seconds to wait for another program that holds the package manager's lock, and how often a download is tried.
apt_lock_seconds=300
apt_tries=3

say() { printf 'rig: %s\n' "$*" >&2; }

fail() {
    tail -n 30 "$log" >&2
    say "$*"
    exit 1
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# An archive folder of its own: another run of the package manager does not clean it away.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout="$apt_lock_seconds" -o Dir::Cache::archives="$cache/archives" -o APT::Sandbox::User=root -q -y "$@" >>"$log" 2>&1
}

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

install_packages() {
    local missing=() package try
    mkdir -p "$cache/archives/partial"
    for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
    ((${#missing[@]} == 0)) && return

    say "installing: ${missing[*]}"
    for ((try = 1; try <= apt_tries; try++)); do
        apt install --no-install-recommends "${missing[@]}" && return
        apt update || true
    done
    fail "the packages could not be installed"
}

# The kernel that the installed headers are for.
fetch_kernel() {
    [[ -f $cache/kernel/boot/vmlinuz-$release ]] && return

    say "fetching the kernel $release"
    rm -rf "$cache/kernel" "$cache/vmlinux"
    (cd "$cache/archives" && apt-get -o APT::Sandbox::User=root -q download "linux-image-$release" >>"$log" 2>&1) || fail "linux-image-$release cannot be downloaded"
    dpkg -x "$cache"/archives/linux-image-"$release"_*.deb "$cache/kernel"
}

build_modules() {
    local modules=$cache/kernel/lib/modules/$release source=$cache/source tree=linux-source-6.1 module
    [[ -f $modules/extra/rigi2c.ko && -z $(find "$here/modules" -newer "$modules/extra/rigi2c.ko" -type f -print -quit) ]] && return

    say "building the modules"
    rm -rf "$source"
    mkdir -p "$source/linux" "$source/modules" "$modules/extra"
    tar -xJf /usr/src/$tree.tar.xz -C "$source/linux" --strip-components=1 \
        $tree/drivers/gpio/gpio-sim.c $tree/drivers/gpio/gpiolib.h $tree/kernel/irq/irq_sim.c $tree/scripts/extract-vmlinux
    cp "$source"/linux/drivers/gpio/{gpio-sim.c,gpiolib.h} "$source/linux/kernel/irq/irq_sim.c" "$here"/modules/* "$source/modules/"

    # Debian builds neither gpio-sim nor its interrupts. irq_to_desc is not exported to modules: generic_handle_irq runs the same handler.
    # The search for a pending interrupt must begin at 0 again, or one set below it meanwhile spins for ever.
    sed -i -e 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' \
        -e 's/work_ctx->irq_count, offset);/work_ctx->irq_count, 0);/' "$source/modules/irq_sim.c"
    make -C "$headers" M="$source/modules" modules >>"$log" 2>&1 || fail "the modules could not be built"
    for module in "$source"/modules/*.ko; do strip --strip-debug -o "$modules/extra/$(basename "$module")" "$module"; done
    depmod -b "$cache/kernel" "$release" 2>>"$log"
}

# An uncompressed kernel saves the emulated processor the unpacking.
unpack_kernel() {
    [[ -s $cache/vmlinux ]] && return
    bash "$cache/source/linux/scripts/extract-vmlinux" "$cache/kernel/boot/vmlinuz-$release" >"$cache/vmlinux.new"
    mv "$cache/vmlinux.new" "$cache/vmlinux"
}

# What runs before the host's own root is mounted: busybox and the modules for that.
make_initramfs() {
    local root=$cache/initramfs module file
    rm -rf "$root"
    mkdir -p "$root"/{bin,modules,proc,sys,dev,host,own,new}
    cp "$(command -v busybox)" "$root/bin/busybox"
    install -m 755 "$here/guest/init" "$root/init"
    for module in virtio_pci virtio_console 9pnet_virtio 9p overlay virtio_blk virtio_rng; do
        modprobe -d "$cache/kernel" -S "$release" --show-depends "$module" 2>>"$log" | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' >"$cache/initramfs.list"
    while read -r file; do
        cp "$file" "$root/modules/"
        basename "$file" >>"$root/modules.list"
    done <"$cache/initramfs.list"
    (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$cache/initrd.new"
    mv "$cache/initrd.new" "$cache/initrd"
}

install_packages
headers=/usr/src/$(dpkg-query -W -f '${Depends}' linux-headers-amd64 | grep -oE 'linux-headers-[0-9][^ ,]*' | head -n 1)
release=${headers##*/linux-headers-}
[[ -d $headers ]] || fail "there is no $headers"

fetch_kernel
build_modules
unpack_kernel
make_initramfs
rm -rf "$cache/guest"
cp -r "$here/guest" "$cache/guest"
chmod +x "$cache"/guest/*
say "the machine is ready: kernel $release, $(du -sh "$cache" | cut -f 1) in $cache"
