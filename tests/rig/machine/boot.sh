#!/usr/bin/env bash
# boot.sh CACHE [options] -- COMMAND [ARGUMENT…]: boots the machine of build.sh, runs the command in it as root and ends with its exit code.
#   --disk FILE     image of an ext4 file system, mounted at /rig/disk
#   --share DIR     folder that the machine writes back to, mounted at /rig/share
#   --limit SEC     for the whole run (default 600)
#   --cut REGEX     power cut: the machine is killed when a line of the command's output matches
#   --env NAME=VAL  variable of the command; may be repeated
# The host's root is the machine's root, copied on write into memory: programs and checkout stand there under the same paths.
# Exit codes: the command's own; 124 time limit; 125 no boot; 126 the machine died under the command; 137 the power cut that was asked for.
# RIG_ACCEL chooses the accelerator of qemu (default: tcg, which is slow and runs everywhere).
set -uo pipefail

cache=$(cd "${1:?usage: boot.sh CACHE [options] -- COMMAND}" && pwd) || exit 125
shift
disk='' share='' limit=600 cut='' variables=()
while (($# > 0)); do
    case $1 in
        --disk) disk=$2 ;;
        --share) share=$(cd "$2" && pwd) || exit 125 ;;
        --limit) limit=$2 ;;
        --cut) cut=$2 ;;
        --env) variables+=("$2") ;;
        --)
            shift
            break
            ;;
        *)
            printf 'boot.sh: unknown option: %s\n' "$1" >&2
            exit 64
            ;;
    esac
    shift 2
done
[[ -s $cache/initrd ]] || {
    echo "boot.sh: build the machine first: build.sh $cache" >&2
    exit 125
}

# Seconds that the machine may take to shut down after the command.
shutdown_seconds=30

work=$(mktemp -d "${TMPDIR:-/tmp}/rig.XXXXXX")
machine=''
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    [[ -z $machine ]] || kill -KILL "$machine" 2>/dev/null
    [[ -z $share ]] || cp "$work/console" "$share/console.log" 2>/dev/null
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# The control folder: what the machine shall run, and what became of it.
mkdir "$work/control"
[[ -n $share ]] || mkdir "$work/share"
{ printf '%q ' "$@" && echo; } >"$work/control/command"
for variable in ${variables[@]+"${variables[@]}"}; do printf 'export %s=%q\n' "${variable%%=*}" "${variable#*=}"; done >"$work/control/environment"
: >"$work/output"
: >"$work/console"

# shellcheck disable=SC2054 # qemu wants commas
qemu=(qemu-system-x86_64 -accel "${RIG_ACCEL:-tcg,thread=multi,tb-size=256}" -machine q35 -cpu max -m 1536 -smp 2
    -nodefaults -no-user-config -display none -no-reboot -monitor none
    -kernel "$cache/vmlinux" -initrd "$cache/initrd"
    -append "console=ttyS0 quiet loglevel=5 panic=-1 oops=panic softlockup_panic=1 watchdog_thresh=30 mitigations=off random.trust_cpu=on nokaslr"
    -serial "file:$work/console"
    -device virtio-serial-pci -chardev "file,id=output,path=$work/output" -device virtconsole,chardev=output
    -object rng-random,id=random,filename=/dev/urandom -device virtio-rng-pci,rng=random
    -virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap"
    -virtfs "local,path=$cache,mount_tag=cache,security_model=none,readonly=on"
    -virtfs "local,path=$work/control,mount_tag=control,security_model=none"
    -virtfs "local,path=${share:-$work/share},mount_tag=share,security_model=none,multidevs=remap")
# cache=none: killing qemu loses what the machine had not flushed, and nothing else.
# shellcheck disable=SC2054
[[ -z $disk ]] || qemu+=(-drive "file=$disk,if=none,id=disk,format=raw,cache=none,aio=threads" -device virtio-blk-pci,drive=disk)

"${qemu[@]}" </dev/null >"$work/qemu" 2>&1 &
machine=$!
tail -c +1 -s 0.1 -f --pid="$machine" "$work/output" &
reader=$!

ended='' deadline=$((SECONDS + limit))
while kill -0 "$machine" 2>/dev/null; do
    if [[ -n $cut ]] && grep -aqE -- "$cut" "$work/output"; then
        ended=137
    elif ((SECONDS >= deadline)); then
        ended=124
    elif [[ -z ${finishing-} && -e $work/control/code ]]; then
        finishing=yes deadline=$((SECONDS + shutdown_seconds))
    fi
    [[ -z $ended ]] || {
        kill -KILL "$machine"
        break
    }
    sleep 0.05
done
wait "$machine" 2>/dev/null
machine=''
wait "$reader" 2>/dev/null

[[ $ended == 137 ]] && exit 137
[[ -e $work/control/code ]] && exit "$(<"$work/control/code")"
if [[ $ended == 124 ]]; then
    echo "boot.sh: the time limit of $limit s is over" >&2
    exit 124
fi
echo "boot.sh: the machine ended before the command did; its console:" >&2
tail -n 25 "$work/console" "$work/qemu" >&2
[[ -e $work/control/started ]] && exit 126
exit 125
