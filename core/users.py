"""Who asks: somebody signed in, or nobody."""

from django.contrib.auth.models import AbstractUser, AnonymousUser

# Apps that may import accounts.models have User itself.
AnyUser = AbstractUser | AnonymousUser
