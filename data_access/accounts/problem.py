"""What is wrong with what somebody asked for an account."""


class AccountProblem(ValueError):
    """An account that cannot be made or changed so; the message says why and how to mend it.

    `field` is what it is about: username, password, role, or the name of a pin; empty: the account itself.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NoSuchAccount(AccountProblem):
    """Nobody has this username."""
