# SPDX-License-Identifier: Apache-2.0
"""Lets scanners, floods and malformed packets loose on the host at 192.0.2.1, and iperf.

Runs in the namespace that `tests/interop_attacks.rs` makes. Each row passes when what came back is what
the row says, a connection that has been there from the beginning still carries bytes, a new one is taken
within three seconds, and a ping is answered.
"""

import logging
import re
import socket
import subprocess
import sys
import time

logging.getLogger("scapy.runtime").setLevel(logging.ERROR)
from scapy.all import (  # noqa: E402
    ARP, ICMP, IP, IPv6, TCP, UDP, AsyncSniffer, Dot1Q, Ether, ICMPv6EchoRequest,
    ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6NDOptPrefixInfo, ICMPv6ParamProblem, ICMPv6EchoReply,
    IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, PadN, Raw, RouterAlert,
    HBHOptUnknown, fragment, raw, sendp)

LINK, HOST, HOST6, US, US6 = "zeth", "192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"
ECHO, IPERF = 4242, 5001
failed = []


def connect_at_last():
    """A connection, as soon as the host takes one: it configures itself first."""
    end = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection((HOST, ECHO), timeout=2)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


class Host:
    """The host, its link address, and the connection that must survive."""

    def __init__(self):
        self.live = connect_at_last()
        self.count = 0
        words = run(["ip", "neigh", "show", HOST, "dev", LINK]).split()
        self.mac = words[words.index("lladdr") + 1]

    def well(self):
        """What is wrong with it, if anything is."""
        try:
            self.exchange(self.live)
        except OSError as why:
            self.live = socket.create_connection((HOST, ECHO), timeout=5)
            return f"the live connection: {why}"
        begun = time.monotonic()
        try:
            with socket.create_connection((HOST, ECHO), timeout=3) as new:
                self.exchange(new)
        except OSError as why:
            return f"a new connection: {why}"
        if time.monotonic() - begun > 3:
            return "a new connection took longer than three seconds"
        for target in (HOST, HOST6):
            if subprocess.run(["ping", "-c", "1", "-W", "2", target], capture_output=True).returncode:
                return f"no answer to a ping of {target}"
        return None

    def exchange(self, connection):
        """Sends some bytes and wants them back."""
        connection.settimeout(3)
        self.count += 1
        data = b"%08d" % self.count * 100
        connection.sendall(data)
        got = b""
        while len(got) < len(data):
            piece = connection.recv(4096)
            if not piece:
                raise OSError("ended")
            got += piece
        if got != data:
            raise OSError("other bytes than were sent")

    def tell(self, packets, seconds=0.6):
        """Sends packets, without or with a link header; what the host sent meanwhile."""
        frames = [p if p.haslayer(Ether) else Ether(dst=self.mac) / p for p in packets]
        mac = self.mac
        sniffer = AsyncSniffer(iface=LINK, lfilter=lambda p: p.src == mac, store=True)
        sniffer.start()
        time.sleep(0.15)
        sendp(frames, iface=LINK, verbose=False)
        time.sleep(seconds)
        return sniffer.stop() or []


def run(words, timeout=90):
    """What a command printed; empty when it did not succeed in time."""
    try:
        done = subprocess.run(words, capture_output=True, timeout=timeout, text=True)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout + done.stderr


def row(name, host, wrong):
    """Prints a row; `wrong` is what is wrong with the answer itself."""
    wrong = wrong or host.well()
    print(f"{'FAIL' if wrong else 'pass'}  {name}", flush=True)
    if wrong:
        failed.append(f"{name}: {wrong}")


def scans(host, quick):
    """nmap: the ports it finds must be those there are, and scanning must disturb nobody."""
    ports = "1-200,4242,5001"
    found = {"-sS": "4242/tcp open", "-sT": "5001/tcp open", "-sA": "unfiltered", "-sW": "", "-sM": "",
             "-sF": "open|filtered", "-sX": "open|filtered", "-sN": "open|filtered"}
    kinds = ["-sS", "-sX"] if quick else list(found)
    for kind in kinds:
        words = ["nmap", "-n", "-Pn", "-T4", "--max-retries", "1", "--host-timeout", "60s", kind, "-p", ports, HOST]
        text = run(words)
        row(" ".join(words), host, None if found[kind] in text and "done" in text else text)
    if quick:
        return
    for words, want in (
            (["-sU", "-p", "1-30,4242"], "4242/udp open"), (["-sS", "-f", "-p", ports], "4242/tcp open"),
            (["-sS", "--badsum", "-p", "4242"], "filtered"), (["-sO", "-p", "0-60"], "open"),
            (["-O", "--osscan-guess", "-p", "4242,1"], "OS detection performed"),
            (["-sV", "-p", "4242", "--version-light"], "4242/tcp"),
            (["-6", "-sS", "-p", "1-100"], "done"), (["-6", "-PE", "-sn"], "Host is up")):
        target = HOST6 if "-6" in words else HOST
        ping = [] if "-sn" in words else ["-Pn"]
        text = run(["nmap", "-n", *ping, "-T4", "--max-retries", "1", "--host-timeout", "60s", *words, target])
        row("nmap " + " ".join(words), host, None if want in text else text)


def floods(host, quick):
    """hping3: floods while a good client connects, odd flags, fragments."""
    floods = [["-S", "-p", str(ECHO), "--rand-source"], ["-A", "-p", str(ECHO)], ["--udp", "-p", str(ECHO)],
              ["--icmp"], ["-S", "-f", "-p", str(ECHO)]]
    for words in floods[:1] if quick else floods:
        flood = subprocess.Popen(["hping3", "-q", "-i", "u100", *words, HOST], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(1)
        during = None
        try:
            with socket.create_connection((HOST, ECHO), timeout=3) as new:
                host.exchange(new)
        except OSError as why:
            during = f"while it lasted: {why}"
        flood.terminate()
        flood.wait()
        row("hping3 -i u100 " + " ".join(words), host, during)
    odd = [["-F"], ["-R"], ["-P"], ["-U"], ["-X"], ["-Y"], ["-SF"], ["-FPU"], ["-SRFAPUXY"], ["-O", "15"],
           ["-O", "1"], ["-b", "-S"], ["-S", "-a", HOST, "-s", str(ECHO), "-k"]]
    for words in odd[-2:] if quick else odd:
        run(["hping3", "-q", "-c", "20", "-i", "u2000", "-p", str(ECHO), *words, HOST], 20)
        row("hping3 -c 20 " + " ".join(words), host, None)
    for words in [["-d", "4000", "--icmp"], ["-x", "-g", "8", "-d", "100", "--udp"], ["-y", "--rawip", "-H", "200"]]:
        run(["hping3", "-q", "-c", "10", "-i", "u5000", *words, HOST], 20)
        row("hping3 -c 10 " + " ".join(words), host, None)


def layer(answers, kind):
    return [p for p in answers if p.haslayer(kind)]


def replies(answers, ident):
    """Replies to our echo requests of that identifier."""
    return [p for p in answers if p.haslayer(ICMP) and p[ICMP].type == 0 and p[ICMP].id == ident]


def replies6(answers, ident):
    return [p for p in answers if p.haslayer(ICMPv6EchoReply) and p[ICMPv6EchoReply].id == ident]


def fragments(host):
    """Fragments that overlap, contradict each other, never end, or are the whole."""
    whole = raw(ICMP(type=8, id=77) / (b"abcdefgh" * 6))
    ip = IP(src=US, dst=HOST, id=9, proto=1)

    def piece(at, end, more, **other):
        return ip.copy().__class__(src=US, dst=HOST, proto=1, flags=more, frag=at // 8,
                                   **{"id": 9, **other}) / Raw(whole[at:end])

    good = host.tell([piece(0, 24, 1), piece(24, 56, 0)])
    row("fragments in order are put together", host, None if replies(good, 77) else "no reply")
    good = host.tell([piece(24, 56, 0, id=10), piece(0, 24, 1, id=10)])
    row("fragments in reverse are put together", host, None if replies(good, 77) else "no reply")
    bad = host.tell([piece(0, 32, 1, id=11), piece(24, 56, 0, id=11)])
    row("overlapping fragments: no reply", host, "a reply" if replies(bad, 77) else None)
    bad = host.tell([piece(0, 40, 1, id=12), IP(src=US, dst=HOST, id=12, proto=1, frag=1) / Raw(b"x" * 4)])
    row("teardrop: no reply", host, "a reply" if replies(bad, 77) else None)
    bad = host.tell([IP(src=US, dst=HOST, id=13, proto=1, flags=1) / Raw(whole[:24]),
                     IP(src=US, dst=HOST, id=13, proto=1, frag=8191) / Raw(b"x" * 1000)])
    row("ping of death: no reply", host, "a reply" if replies(bad, 77) else None)
    host.tell([IP(src=US, dst=HOST, id=n, proto=17, flags=1) / Raw(b"\0" * 8) for n in range(1000, 1300)])
    row("300 first fragments that never go on", host, None)
    host.tell([IP(src=US, dst=HOST, id=14, proto=17, flags=1, frag=n) / Raw(b"\0" * 8) for n in range(500)])
    row("500 tiny fragments of one datagram", host, None)


def extensions(host):
    """Extension headers of IPv6, right and wrong."""
    ip = IPv6(src=US6, dst=HOST6)
    echo = ICMPv6EchoRequest(id=78, data=b"x" * 40)
    for name, headers, want in (
            ("atomic fragment", IPv6ExtHdrFragment(id=5), True),
            ("destination options", IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 4)]), True),
            ("router alert", IPv6ExtHdrHopByHop(options=[RouterAlert()]), True),
            ("routing header with nothing left", IPv6ExtHdrRouting(type=0, segleft=0), True),
            ("unknown option to be skipped", IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=0x1e, optdata=b"1")]), True),
            ("unknown option to be dropped", IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=0x5e, optdata=b"1")]), False)):
        got = replies6(host.tell([ip / headers / echo]), 78)
        row(f"{name}: {'a' if want else 'no'} reply", host, None if bool(got) == want else str(got))
    long = IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 4)])
    chain = ip
    for _ in range(60):
        chain = chain / long.copy()
    row("sixty extension headers: a reply", host, None if replies6(host.tell([chain / echo]), 78) else "none")
    answers = layer(host.tell([ip / IPv6ExtHdrRouting(type=0, segleft=1, addresses=[US6]) / echo]), ICMPv6ParamProblem)
    good = answers and (answers[0][ICMPv6ParamProblem].code, answers[0][ICMPv6ParamProblem].ptr) == (0, 42)
    row("routing header type 0: parameter problem", host, None if good else str(answers))
    payload = raw(IPv6(src=US6, dst=HOST6, nh=58) / echo)[40:]
    pieces = [ip / IPv6ExtHdrFragment(id=6, m=1, offset=0, nh=58) / Raw(payload[:24]),
              ip / IPv6ExtHdrFragment(id=6, m=0, offset=2, nh=58) / Raw(payload[16:])]
    row("overlapping fragments over IPv6: no reply", host,
        "a reply" if replies6(host.tell(pieces), 78) else None)
    host.tell([ip / IPv6ExtHdrFragment(id=7, m=1, offset=0, nh=6) / Raw(b"\0" * 8),
               ip / IPv6ExtHdrDestOpt(len=255) / Raw(b"\0" * 8),
               IPv6(src=US6, dst=HOST6, plen=4000) / echo, IPv6(src="::1", dst=HOST6) / echo,
               IPv6(src="ff02::1", dst=HOST6) / echo, IPv6(src=HOST6, dst=HOST6) / echo])
    row("headers cut short, lengths that lie, sources that can't be", host, None)


def segments(host):
    """Malformed options and numbers, to the listener and into the live connection."""
    ours = host.live.getsockname()[1]
    into = TCP(sport=ours, dport=ECHO)
    options = [b"\x08\x0a", b"\x05\x00", b"\x02\x00", b"\xfe\xff", b"\x05\x0b" + b"\0" * 9, b"\x03\x03\xff\0",
               b"\x02\x04\0\0", b"\x02\x04\xff\xff", b"\x01" * 39 + b"\x08"]
    ip = IP(src=US, dst=HOST)
    packets = []
    for content in options:
        padded = content + b"\0" * (-len(content) % 4)
        for flags in (0x02, 0x10, 0x18, 0x29):
            for head in (TCP(sport=1024 + flags, dport=ECHO, seq=7), into):
                words = raw(head)[:12] + bytes([(5 + len(padded) // 4) << 4, flags]) + b"\x20\0\0\0\0\0" + padded
                packets.append(ip / Raw(mend(words)))
                packets[-1][IP].proto = 6
    host.tell(packets)
    row("malformed TCP options", host, None)
    host.tell([ip / TCP(sport=ours, dport=ECHO, seq=n << 20, flags=flags) / Raw(b"in")
               for n in range(0, 4096, 64) for flags in ("R", "S", "PA", "FA", "")])
    row("blind resets, SYNs and data into a connection", host, None)
    land = [IP(src=HOST, dst=HOST) / TCP(sport=ECHO, dport=ECHO, flags="S", seq=1)] * 20
    row("land attack: no answer", host, "an answer" if layer(host.tell(land), TCP) else None)
    host.tell([ip / TCP(sport=2000, dport=ECHO, dataofs=n, flags="S") for n in range(16)]
              + [ip / TCP(sport=2000, dport=ECHO, flags="S", chksum=1), ip / TCP(sport=0, dport=ECHO, flags="S"),
                 ip / TCP(sport=2001, dport=0, flags="S"), ip / TCP(sport=2002, dport=ECHO, flags="SFRPAU", urgptr=0)])
    row("data offsets, sums and ports that can't be", host, None)


def mend(segment):
    """The checksum of a segment to the host."""
    pseudo = socket.inet_aton(US) + socket.inet_aton(HOST) + bytes([0, 6]) + len(segment).to_bytes(2, "big")
    words = pseudo + segment + b"\0" * (len(segment) % 2)
    total = sum(int.from_bytes(words[n:n + 2], "big") for n in range(0, len(words), 2))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return segment[:16] + (0xffff - total).to_bytes(2, "big") + segment[18:]


def packets(host):
    """Headers of IPv4, ICMP, UDP, ARP and of the link that lie."""
    ip = IP(src=US, dst=HOST)
    echo = ICMP(id=79) / b"data"
    silent = [IP(src=source, dst=HOST) / echo for source in ("127.0.0.1", "224.0.0.1", "255.255.255.255", HOST)]
    silent += [IP(src=US, dst=HOST, ihl=n) / echo for n in (0, 1, 4, 15)]
    silent += [IP(src=US, dst=HOST, len=n) / echo for n in (0, 19, 4000)]
    silent += [IP(src=US, dst=HOST, version=n) / echo for n in (0, 6, 15)]
    silent += [Ether(dst=host.mac, type=0x0800) / Raw(raw(ip / echo)[:n]) for n in range(0, 28)]
    row("IPv4 headers that lie: no reply", host, "a reply" if replies(host.tell(silent), 79) else None)
    source_route = IP(src=US, dst=HOST, options=[b"\x83\x07\x04" + socket.inet_aton(US) + b"\0"]) / echo
    host.tell([source_route, ip / UDP(sport=1, dport=ECHO, len=4), ip / UDP(sport=1, dport=ECHO, len=4000),
               ip / UDP(sport=7, dport=ECHO, chksum=1) / b"x", ip / ICMP(type=3, code=4, unused=0) / b"short",
               ip / ICMP(type=5, code=1) / raw(ip)[:20], ip / ICMP(type=128) / b"x"])
    row("source routes, lying UDP lengths, short ICMP errors", host, None)
    host.tell([Ether(dst="ff:ff:ff:ff:ff:ff") / ARP(op=op, psrc=source, pdst=HOST, hwlen=size)
               for op in (0, 1, 2, 99) for source in (HOST, "0.0.0.0", "224.0.0.1") for size in (0, 6, 255)])
    row("ARP of all kinds about the host's address", host, None)
    host.tell([Ether(dst=host.mac) / Dot1Q(vlan=n) / Dot1Q(vlan=n) / ip / echo for n in (0, 1, 4095)]
              + [Ether(dst=host.mac, type=kind) / Raw(b"\0" * n) for kind in (0x8100, 0x86dd, 0x0806, 0x1234)
                 for n in range(0, 46, 5)])
    row("VLAN tags, unknown and short frames", host, None)
    advert = IPv6(src=US6, dst="ff02::1", hlim=255) / ICMPv6ND_RA() / ICMPv6NDOptPrefixInfo(prefix="2001:db8:bad::")
    host.tell([advert, IPv6(src=US6, dst=HOST6, hlim=64) / ICMPv6ND_NS(tgt=HOST6)])
    row("discovery from afar", host, None)


def iperf(host, quick):
    """iperf 2, both ways, over TCP and UDP."""
    def rate(text):
        found = re.findall(r"([\d.]+) ([KMG]?)bits/sec", text)
        return max((float(n) * {"": 1, "K": 1e3, "M": 1e6, "G": 1e9}[unit] for n, unit in found), default=0)

    for name, words in (("TCP", []), ("UDP", ["-u", "-b", "10M"])):
        text = run(["iperf", "-c", HOST, "-p", str(IPERF), "-t", "1" if quick else "3", *words])
        row(f"iperf 2, {name} in: {rate(text) / 1e6:.0f} Mbit/s", host, None if rate(text) > 1e6 else text)
    for name, words in (("TCP", []), ("UDP", ["-u"])):
        server = subprocess.Popen(["iperf", "-s", "-p", str(IPERF), "-P", "1", *words], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True)
        time.sleep(0.5)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asks:
            asks.sendto(name.lower().encode(), (HOST, ECHO))
        try:
            text, _ = server.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            text, _ = server.communicate()
        row(f"iperf 2, {name} out: {rate(text) / 1e6:.0f} Mbit/s", host, None if rate(text) > 1e6 else text)


def main():
    quick = "--quick" in sys.argv
    begun = time.monotonic()
    host = Host()
    while run(["ping", "-c", "1", "-W", "1", HOST6]).find(" 0% packet loss") < 0 and time.monotonic() < 15 + begun:
        time.sleep(0.2)
    packets(host)
    fragments(host)
    extensions(host)
    segments(host)
    scans(host, quick)
    floods(host, quick)
    iperf(host, quick)
    print("\n".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
