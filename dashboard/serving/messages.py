"""Which messages of an open page are handed on: those that pages of ours send, since Streamlit answers others to whoever asks."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.gate.dropped import MOST_FILES

TAKEN = ("rerun_script", "stop_script", "app_heartbeat")


def is_taken(sent: bytes) -> bool:
    """Say whether a message is one that a page of ours sends; a `DecodeError` is raised for what is no message at all.

    The others have nothing to do here, and some do harm: 120 kB of names of files were answered with 14 MB.
    """
    message = BackMsg.FromString(sent)
    kind = message.WhichOneof("type")
    if kind == "file_urls_request":
        return len(message.file_urls_request.file_names) <= MOST_FILES
    if kind == "backend_operation_request":  # a download that is written when it is wanted
        return message.backend_operation_request.WhichOneof("payload") == "deferred_file"
    return kind in TAKEN
