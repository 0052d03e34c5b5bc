"""Accounts with something in them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from functools import partial
from struct import pack
from typing import TYPE_CHECKING
from zlib import compress, crc32

from .state import Account, now, wall_time

if TYPE_CHECKING:
    from .server import Simulator


def _picture() -> bytes:
    """Return a picture as a telephone sends it: mountains under the sun, as PNG."""
    width, height = 320, 200
    sky, grass, snow, sun = 0, 1, 2, 3
    colors = b"\x9e\xd0\xf0\x3c\x6e\x57\xf4\xf8\xfb\xff\xf3\xb0"

    def color(x: int, y: int) -> int:
        ridge = min(70 + abs(x - 90), 100 + abs(x - 215) * 4 // 5, 190)
        if y >= ridge:
            return snow if y < ridge + 14 and ridge < 104 else grass
        return sun if (x - 270) ** 2 + (y - 45) ** 2 < 24**2 else sky

    rows = b"".join(
        b"\0" + bytes(color(x, y) for x in range(width)) for y in range(height)
    )

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return pack(">I", len(data)) + checked + pack(">I", crc32(checked))

    head = pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", head),
            chunk(b"PLTE", colors),
            chunk(b"IDAT", compress(rows, 9)),
            chunk(b"IEND", b""),
        )
    )


PICTURE = b64encode(_picture()).decode()
PINS = tuple(f"7193{number}8642" for number in range(7))
SECRETS = (
    *("demo-password", "SIP-SECRET", "SMPP-SECRET", "CLIENT-SECRET"),
    *PINS,
)
"""What is in the demonstration's account and must never come out of anything."""
LARGE_EMAIL, LARGE_PASSWORD = "large@example.com", "large-password"
NEIGHBOR, DENTIST, FRIEND = "5550100111", "5550100222", "5550100333"


def demo_account(simulator: Simulator, since: datetime | None = None) -> Account:
    """Open the account of the demonstration: three numbers and a bit of everything.

    What happened counts back from a moment; the same one gives the same history again.
    """
    simulator.seed = partial(demo_account, since=since)
    since = since or now()
    account = simulator.add_account(
        email="demo@example.com",
        password="demo-password",
        number="100001",
        balance="24.68",
    )
    _sub_accounts(account)
    _voicemails(account, since)
    _targets(account)
    _groups(account)
    _people(account)
    _meetings(account)
    _numbers(account)
    _messages(simulator, account, since)
    _calls(account, since)
    return account


def _sub_accounts(account: Account) -> None:
    for number, (username, description) in enumerate(
        (("VoIP", "Kitchen phone"), ("Desk", "Office desk"), ("Mobile", "Mobile app")),
        1,
    ):
        account.add_sub_account(
            username,
            description=description,
            password=f"SIP-SECRET-{number}",
            internal_extension=str(number),
            callerid_number="5551230000",
        )
    account.register("100001_VoIP", server_pop="2", register_ip="198.51.100.21")
    account.register("100001_Desk", server_pop="7", register_ip="198.51.100.22")


def _voicemails(account: Account, since: datetime) -> None:
    account.add_voicemail(
        1001,
        name="Home",
        password=PINS[0],
        email="demo@example.com",
        new=2,
        say_time="yes",
    )
    account.add_voicemail(
        1002, name="Office", password=PINS[1], email="demo@example.com"
    )
    account.voicemail_messages.extend(
        {
            "mailbox": "1001",
            "folder": "INBOX",
            "message_num": str(number),
            "date": wall_time(since - timedelta(hours=5 * number + 6)),
            "callerid": f"SAM SAMPLE <{NEIGHBOR}>",
            "duration": "00:00:12",
            "urgent": "no",
            "listened": "no",
        }
        for number in (1, 2)
    )


def _targets(account: Account) -> None:
    account.add_forwarding(phone_number="5550100900", description="Cell phone")
    account.add_forwarding(
        phone_number="5550100901",
        description="Answering service",
        dtmf_digits="12",
        pause="1.5",
    )
    account.add_recording("Welcome")
    account.add_recording("Closed")
    account.add(
        "sip_uris",
        uri="5551230000@pbx.example.com",
        description="Cabin PBX",
        callerid_e164=1,
    )
    account.add(
        "callbacks", description="Call me back", number="5550100900", delay_before=5
    )
    account.add(
        "disas", name="Dial through", pin=PINS[2], callerid_override="5551230000"
    )


def _groups(account: Account) -> None:
    recording = next(iter(account.families["recordings"]))
    forwarding = next(iter(account.families["forwardings"]))
    group = account.add(
        "ring_groups",
        name="Everyone",
        members=f"account:100001_VoIP,20,0;account:100001_Desk,20,0;fwd:{forwarding},25,1",
        voicemail="1001",
        music_on_hold="jazz",
    )
    account.add(
        "call_huntings",
        description="One after the other",
        members="account:100001_VoIP;account:100001_Desk",
        ring_time="20;20",
        press="0;0",
        music="default",
        recording="none",
    )
    queue = _queue(account)
    account.add(
        "ivrs",
        name="Main menu",
        recording=recording,
        timeout="8",
        choices=f"1=grp:{group['ring_group']};2=queue:{queue};3=vm:1001",
    )
    account.add(
        "time_conditions",
        name="Office hours",
        routing_match=f"grp:{group['ring_group']}",
        routing_nomatch="vm:1001",
        starthour="9;10",
        startminute="0;0",
        endhour="17;14",
        endminute="0;30",
        weekdaystart="mon;sat",
        weekdayend="fri;sat",
    )


def _queue(account: Account) -> str:
    queue = account.add(
        "queues",
        queue_name="Support",
        queue_number="1",
        queue_password=PINS[4],
        maximum_wait_time="300",
        maximum_callers="10",
        ring_strategy="rrmemory",
        fail_over_routing_timeout="vm:1001",
    )
    for name in ("VoIP", "Desk"):
        account.add(
            "static_members",
            queue_number=queue["queue"],
            name=name,
            account=f"SIP/100001_{name}",
        )
    return queue["queue"]


def _people(account: Account) -> None:
    friends = account.add("phonebook_groups", name="Friends")
    entries = [
        account.add(
            "phonebook", name="Alex Neighbor", number=NEIGHBOR, speed_dial="*7501"
        ),
        account.add(
            "phonebook",
            name="Robin Friend",
            number=FRIEND,
            group=friends["phonebook_group"],
            group_name="Friends",
        ),
        account.add("phonebook", name="Dr. Dent", number=DENTIST, note="Dentist"),
    ]
    friends["members"] = entries[1]["phonebook"]
    account.add("filters", callerid="0", routing="sys:hangup", note="Anonymous callers")
    account.add(
        "filters",
        callerid="5550100666",
        did="5551230001",
        routing="sys:noservice",
        note="Sales",
    )


def _meetings(account: Account) -> None:
    members = [
        account.add("conference_members", name="Host", pin=PINS[3], admin="yes"),
        account.add("conference_members", name="Guest"),
    ]
    account.add(
        "conferences",
        name="Weekly",
        description="Weekly talk",
        members=";".join(member["member"] for member in members),
    )
    account.add(
        "clients",
        email="client@example.com",
        password="CLIENT-SECRET-1",
        company="Sample Bakery",
        firstname="Kim",
        lastname="Baker",
        phone_number="5550100777",
    )
    account.add("vpris", name="Trunk", note="Main building", channels="2")


def _numbers(account: Account) -> None:
    account.add_did(
        "5551230000",
        description="OFFICE",
        routing="account:100001_VoIP",
        failover_noanswer="vm:1001",
        failover_busy="vm:1001",
        voicemail="1001",
        pop="2",
        cnam="1",
        e911="1",
        callerid_prefix="Office",
        note="Main number",
        sms_enabled=True,
        sms_email="demo@example.com",
        smpp_pass="SMPP-SECRET-1",
        port_out_pin=PINS[5],
    )
    account.add_did(
        "5551230001",
        description="HOME",
        routing="vm:1001",
        voicemail="1001",
        pop="7",
        billing_type="2",
        sms_enabled=True,
        port_out_pin=PINS[6],
    )
    account.add_did(
        "5551230002",
        description="CABIN",
        routing="sys:noservice",
        pop="10",
        sms_available="0",
        mms_available="0",
    )
    vpri = next(iter(account.families["vpris"]))
    account.vpri_dids[vpri] = ["5551230002"]


def _messages(simulator: Simulator, account: Account, since: datetime) -> None:
    office, home = "5551230000", "5551230001"

    def ago(**span: float) -> datetime:
        return since - timedelta(**span)

    picture = simulator.keep_media(account, f"data:image/png;base64,{PICTURE}")
    account.receive(
        office, DENTIST, "Your appointment is on Friday at 9:30.", at=ago(days=3)
    )
    account.send(
        office, DENTIST, "Thank you, I will be there.", at=ago(days=3, hours=-1)
    )
    account.receive(
        home, FRIEND, "We made it to the top!", media=[picture], at=ago(days=2)
    )
    account.send(
        home,
        FRIEND,
        "What a view! Come by on the way back?",
        at=ago(days=2, hours=-0.5),
    )
    account.receive(
        home,
        FRIEND,
        "Gladly, around seven \N{SMILING FACE WITH SMILING EYES}",
        at=ago(days=1),
    )
    account.receive(
        office, NEIGHBOR, "A parcel for you is at our place.", at=ago(minutes=90)
    )
    account.send(
        office, NEIGHBOR, "Great, I will pick it up tonight.", at=ago(minutes=75)
    )
    account.receive(office, NEIGHBOR, "Any time after six.", at=ago(minutes=70))


def _calls(account: Account, since: datetime) -> None:
    for minutes, disposition, seconds in (
        (20, "ANSWERED", 184),
        (95, "NO ANSWER", 0),
        (140, "BUSY", 0),
        (60 * 26, "ANSWERED", 611),
    ):
        account.add_call(
            at=since - timedelta(minutes=minutes),
            disposition=disposition,
            seconds=seconds,
            callerid=f'"ALEX NEIGHBOR" <{NEIGHBOR}>',
            destination="5551230000",
            account="100001_VoIP",
            total=f"{seconds / 60 * 0.009:.8f}",
        )


def large_account(
    simulator: Simulator,
    numbers: int = 1000,
    sub_accounts: int = 200,
    messages: int = 10000,
    span: timedelta = timedelta(days=30),
) -> Account:
    """Open an account of a size that few have; its messages go back as far as `span`."""
    account = simulator.add_account(
        LARGE_EMAIL, LARGE_PASSWORD, number="200002", balance="1000"
    )
    for number in range(sub_accounts):
        account.add_sub_account(
            f"phone{number:03}",
            description=f"Phone {number}",
            password=f"SIP-SECRET-L{number}",
        )
    dids = [str(5552000000 + number) for number in range(numbers)]
    for number, did in enumerate(dids):
        target = (
            f"account:200002_phone{number % sub_accounts:03}"
            if sub_accounts
            else "sys:busy"
        )
        account.add_did(
            did, description=f"NUMBER {number}", routing=target, sms_enabled=True
        )
    for number in range(messages):
        exchange = account.receive if number % 4 else account.send
        exchange(
            dids[number % numbers],
            str(5550200000 + number % 500),
            f"Message {number}",
            at=now() - span * (1 - number / messages),
        )
    return account


def busy_account(simulator: Simulator, numbers: int, messages: int) -> Account:
    """Open an account all of whose messages came within the last day."""
    account = large_account(simulator, numbers, 3, messages, timedelta(hours=20))
    account.add_voicemail(1001, name="Home")
    account.add_forwarding(phone_number="5550100900", description="Cell phone")
    account.add("ring_groups", name="Everyone", members="account:200002_phone000")
    for message in account.messages:
        message.message += ", which says about as much as most of them do"
    return account
