"""Who may use the coach in Slack, and how a person or a whole workspace is erased."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.events import Who
from bot.channels.slack.store import SlackStore
from bot.experience.joining import Joining
from bot.experience.record import Record
from bot.runtime.transcripts import Transcripts

CHANNEL = "slack"


@dataclass(frozen=True)
class People:
    record: Record
    joining: Joining
    conversations: Transcripts
    store: SlackStore
    allowed_teams: str

    def is_stranger(self, who: Who, *homes: str) -> bool:
        """Someone of another workspace or organisation, met in a shared channel, whom the setting does not let in."""
        allowed = {t.strip() for t in self.allowed_teams.split(",") if t.strip()}
        return who.team not in homes and "*" not in allowed and who.team not in allowed

    def person(self, who: Who) -> str:
        return self.record.person_for(CHANNEL, who.key)

    def erase_traces(self, who: Who, but: int = 0) -> None:
        """What the channel keeps beside the record; ``but`` is the event whose answer is still to be sent."""
        self.conversations.erase_all(who.conversation())
        self.store.erase_person(who.key, but=but)

    def forget(self, channel: str, name: str) -> None:
        """Someone was forgotten, perhaps from another place: what the channel keeps of them goes too."""
        if channel == CHANNEL:
            self.store.erase_kept(name)

    def erase_team(self, team: str) -> int:
        """Everything its people told in Slack; how many there were. What they told elsewhere stays theirs there."""
        found = self.record.identities_in(CHANNEL, f"{team}-")
        for external_id in found:
            person = self._alone(external_id)
            self.record.forget(person)
            self.conversations.erase_all(f"{CHANNEL}:{external_id}")
        self.store.erase_team(team)
        return len(found)

    def _alone(self, external_id: str) -> str:
        """The person behind this identity, once separated from every other place they are known in."""
        while self.joining.separate(CHANNEL, external_id):
            pass
        return self.record.person_for(CHANNEL, external_id)
