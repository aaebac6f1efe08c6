"""The socket that a server listens at."""

import errno
import socket

from data_access.settings import Settings, SettingsProblem


def listen(settings: Settings) -> socket.socket:
    """It is bound already. Raises SettingsProblem, in one sentence, where it cannot be."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {settings.port} is in use; choose another with PORT={settings.port + 1}."
            raise SettingsProblem(sentence) from error
        raise SettingsProblem(f"Cannot listen on HOST={settings.host}: {error.strerror}.") from error
