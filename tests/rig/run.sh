#!/usr/bin/env bash
# The appliance on the kernel's real device interfaces, in a virtual machine. Described in README.md.
set -uo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
root=$(dirname "$(dirname "$here")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kiosk-rig
build=yes keep=no

# Seconds for one life of the machine; on two busy cores the first one takes two minutes.
limit=1500

# The power goes when a customer has been given this number.
last_number=A040

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf 'rig: %s (%d s)\n' "$*" $SECONDS >&2; }

fail() {
    say "$*"
    exit 1
}

help() {
    cat <<'TEXT'
tests/rig/run.sh (or ./kiosk rig): the appliance in a virtual machine, on real device nodes of a Linux kernel

  --cache DIR   where the machine is kept (default: ${XDG_CACHE_HOME:-~/.cache}/kiosk-rig, 550 MB); built there where it is not
  --no-build    take the host that is built
  --keep        keep the recordings of a run that passed too
  --help

Prints PASS or FAIL for each check, and exits with 0 where all passed. Recordings of a failed run stay where its last line says.
TEXT
}

while (($# > 0)); do
    case $1 in
        --cache)
            cache=${2:?--cache needs a folder}
            shift
            ;;
        --no-build) build=no ;;
        --keep) keep=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *)
            help >&2
            exit 64
            ;;
    esac
    shift
done

for program in dotnet mosquitto mosquitto_sub; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || fail "$program is not installed: ./kiosk rig installs what is missing"
done

if [[ $build == yes ]]; then
    say "building the host"
    dotnet build "$root/firmware/Kiosk.Firmware" -c Release -v quiet --nologo >&2 || fail "the build failed"
fi
"$here/machine/build.sh" "$cache" || exit 1

recordings=$(mktemp -d "${TMPDIR:-/tmp}/kiosk-rig.XXXXXX")
disk=$recordings/disk.img
truncate -s 1G "$disk"
mkfs.ext4 -qF "$disk" || fail "mkfs.ext4 failed"
arguments=("$(command -v dotnet)" "$root" /rig/disk/data /rig/share)
boot() { "$here/machine/boot.sh" "$cache" --share "$recordings" --disk "$disk" --limit "$limit" --env PYTHONDONTWRITEBYTECODE=1 "$@"; }

# give_up WHAT: says where the recordings are.
give_up() {
    echo "FAIL $1"
    say "failed; recordings (host, printer, bus, broker, console) are in $recordings"
    exit 1
}

say "first life: a day in the hall, until the power is cut"
# A few more may be given one before the machine is dead: they count too.
boot --cut "^acknowledged $last_number " -- python3 "$here/checks/day.py" "${arguments[@]}" | tee "$recordings/day.log"
code=${PIPESTATUS[0]}
case $code in
    137) echo "PASS the power is cut in the middle of it" ;;
    1) give_up "first life: $(grep -c ^FAIL "$recordings/day.log") checks failed" ;;
    *) give_up "first life: boot.sh ended with $code" ;;
esac

say "second life: what is left"
boot -- python3 "$here/checks/after_cut.py" "${arguments[@]}" | tee "$recordings/after-cut.log"
code=${PIPESTATUS[0]}
((code == 0)) || give_up "second life: boot.sh ended with $code"

say "third life: every class of device misbehaves"
boot -- python3 "$here/checks/devices.py" "${arguments[@]:0:2}" /rig/disk/devices /rig/share | tee "$recordings/devices.log"
code=${PIPESTATUS[0]}
((code == 0)) || give_up "third life: boot.sh ended with $code"

passed=$(cat "$recordings"/*.log | grep -ac '^PASS')
if [[ $keep == yes ]]; then say "recordings are in $recordings"; else rm -rf "$recordings"; fi
say "done"
echo "PASS: $((passed + 1)) checks"
